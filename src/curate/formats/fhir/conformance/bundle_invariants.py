"""The invariants on a Bundle. It is given with the entries that are to be judged.

What is asked of the first entry is asked of the first one given, and what holds between entries
is judged where the whole bundle passes by: `stream.py`.
"""

from curate.formats.fhir.conformance.values import Json, has, inner, listed

_WITHOUT_REQUESTS = ("document", "message", "searchset", "collection")
_RESPONSES = ("transaction-response", "batch-response")
_REQUESTS = ("transaction", "batch")
_WITH_RESOURCE = ("POST", "PUT", "PATCH")


def bdl_1(bundle: Json, _: Json) -> bool:
    return not has(bundle, "total") or bundle.get("type") in ("searchset", "history")


def bdl_2(bundle: Json, _: Json) -> bool:
    found = any(has(entry, "search") for entry in listed(bundle, "entry"))
    return bundle.get("type") == "searchset" or not found


def bdl_3a(bundle: Json, _: Json) -> bool:
    return bundle.get("type") not in _WITHOUT_REQUESTS or all(
        has(entry, "resource") and not has(entry, "request") and not has(entry, "response")
        for entry in listed(bundle, "entry")
    )


def bdl_3b(bundle: Json, _: Json) -> bool:
    return bundle.get("type") != "history" or all(
        has(entry, "request") and has(entry, "response") and _has_resource_if_sent(entry)
        for entry in listed(bundle, "entry")
    )


def bdl_3c(bundle: Json, _: Json) -> bool:
    return bundle.get("type") not in _REQUESTS or all(
        inner(entry, "request", "method") is not None and _has_resource_if_sent(entry)
        for entry in listed(bundle, "entry")
    )


def bdl_3d(bundle: Json, _: Json) -> bool:
    entries = listed(bundle, "entry")
    return bundle.get("type") not in _RESPONSES or all(has(one, "response") for one in entries)


def bdl_5(entry: Json, _: Json) -> bool:
    return any(has(entry, name) for name in ("resource", "request", "response"))


def bdl_7(bundle: Json, _: Json) -> bool:
    seen = [
        (entry.get("fullUrl"), str(inner(entry, "resource", "meta", "versionId")))
        for entry in listed(bundle, "entry")
        if isinstance(entry.get("fullUrl"), str)
    ]
    return bundle.get("type") == "history" or len(set(seen)) == len(seen)


def bdl_8(entry: Json, _: Json) -> bool:
    return "/_history/" not in str(entry.get("fullUrl"))


def bdl_9(bundle: Json, _: Json) -> bool:
    identifier = bundle.get("identifier")
    return bundle.get("type") != "document" or (
        has(identifier, "system") and has(identifier, "value")
    )


def bdl_10(bundle: Json, _: Json) -> bool:
    return bundle.get("type") != "document" or "timestamp" in bundle


def bdl_11(bundle: Json, _: Json) -> bool:
    return bundle.get("type") != "document" or _first(bundle) == "Composition"


def bdl_12(bundle: Json, _: Json) -> bool:
    return bundle.get("type") != "message" or _first(bundle) == "MessageHeader"


def bdl_13(bundle: Json, _: Json) -> bool:
    return bundle.get("type") != "subscription-notification" or (
        _first(bundle) == "SubscriptionStatus"
    )


def bdl_14(bundle: Json, _: Json) -> bool:
    methods = [inner(entry, "request", "method") for entry in listed(bundle, "entry")]
    return bundle.get("type") != "history" or "PATCH" not in methods


def bdl_15(bundle: Json, _: Json) -> bool:
    return bundle.get("type") in (*_REQUESTS, *_RESPONSES) or all(
        has(entry, "fullUrl") or inner(entry, "request", "method") == "POST"
        for entry in listed(bundle, "entry")
    )


def bdl_16(bundle: Json, _: Json) -> bool:
    issues = inner(bundle, "issues", "issue")
    return all(
        inner(issue, "severity") in ("information", "warning")
        for issue in (issues if isinstance(issues, list) else ())
    )


def bdl_17(bundle: Json, _: Json) -> bool:
    return bundle.get("type") != "document" or not has(bundle, "issues")


def bdl_18(bundle: Json, _: Json) -> bool:
    return bundle.get("type") != "searchset" or any(
        link.get("relation") == "self" and has(link, "url") for link in listed(bundle, "link")
    )


def _has_resource_if_sent(entry: Json) -> bool:
    return (inner(entry, "request", "method") in _WITH_RESOURCE) == has(entry, "resource")


def _first(bundle: Json) -> str | None:
    entries = listed(bundle, "entry")
    type_ = inner(entries[0], "resource", "resourceType") if entries else None
    return type_ if isinstance(type_, str) else None
