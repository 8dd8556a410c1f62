// Hold bundles against HL7's own definitions: every invariant of R5's StructureDefinitions, errors
// and warnings, as FHIRPath, and which elements there may be, and how many. Nothing of ours is used.
//
// node fhir_invariants.mjs BUNDLES.json: prints for each bundle of the list what fails, by key.

import { readFileSync, readdirSync } from "fs";
import { createRequire } from "module";
import { join } from "path";

const require = createRequire(join(process.cwd(), "here.js"));
const fhirpath = require("fhirpath");
const model = require("fhirpath/fhir-context/r5");
const core = join(process.cwd(), "node_modules/hl7.fhir.r5.core");

const definitions = new Map();
const profiles = new Map();
for (const name of readdirSync(core).filter((one) => one.startsWith("StructureDefinition-"))) {
  const found = JSON.parse(readFileSync(join(core, name)));
  if (!found.snapshot) continue;
  if (found.derivation === "constraint") {
    profiles.set(found.url, found.snapshot.element[0]);
    continue;
  }
  const elements = new Map(found.snapshot.element.map((element) => [element.path, element]));
  const below = new Map();
  for (const [path, element] of elements) {
    const holder = path.slice(0, path.lastIndexOf("."));
    if (!below.has(holder)) below.set(holder, []);
    if (holder !== path) below.get(holder).push(element);
  }
  const base = found.baseDefinition?.split("/").pop();
  definitions.set(found.type, { elements, below, kind: found.kind, base });
}

// Some snapshots leave out what their base asks; it holds all the same.
for (const [type, definition] of definitions) {
  const root = definition.elements.get(type);
  const asked = [];
  for (let one = definition, name = type; one; name = one.base, one = definitions.get(name)) {
    for (const constraint of one.elements.get(name).constraint ?? []) {
      if (!asked.some(({ key }) => key === constraint.key)) asked.push(constraint);
    }
  }
  definition.elements.set(type, { ...root, constraint: asked });
}

const compiled = new Map();
const unsupported = new Map();
const options = { traceFn: () => {} };

// What the library lacks is said, and is not a failure.
function holds(constraint, base, node, resource) {
  const id = `${base}|${constraint.key}`;
  try {
    if (!compiled.has(id)) {
      const expression = constraint.expression;
      compiled.set(id, fhirpath.compile({ base, expression }, model, options));
    }
    const found = compiled.get(id)(node, { resource, rootResource: resource });
    return found.length === 1 && found[0] === true;
  } catch (error) {
    unsupported.set(constraint.key, String(error.message ?? error));
    return undefined;
  }
}

class Judge {
  constructor() {
    this.failed = {};
    this.held = {};
  }

  say(key, where) {
    (this.failed[key] ??= []).push(where);
  }

  constraints(element, base, node, resource) {
    for (const constraint of element.constraint ?? []) {
      // Of a primitive, ele-1 says that it is not empty, which `value` judges.
      if (!constraint.expression || (constraint.key === "ele-1" && typeof node !== "object")) continue;
      const right = holds(constraint, base, node, resource);
      if (right === undefined) continue;
      this.held[constraint.key] = (this.held[constraint.key] ?? 0) + 1;
      if (!right) this.say(constraint.key, base);
    }
  }

  // An object of a type, at a path within that type's definition.
  object(type, path, node, resource) {
    const { elements, below } = definitions.get(type);
    this.constraints(elements.get(path), path, node, resource);
    if (node === null || typeof node !== "object") return;
    const seen = new Set();
    for (const [name, value] of Object.entries(node)) {
      if (name === "resourceType") continue;
      const plain = name.replace(/^_/, "");
      const [element, code] = this.named(below.get(path) ?? [], path, plain);
      if (!element) {
        this.say("unknown-element", `${path}.${name}`);
        continue;
      }
      seen.add(element);
      if (name !== plain) {
        for (const item of [value].flat()) {
          if (item !== null) this.object("Element", "Element", item, resource);
        }
        continue;
      }
      if (Array.isArray(value) && value.length === 0) this.say("ele-1", element.path);
      if (Array.isArray(value) !== (element.max !== "1")) this.say("cardinality", element.path);
      for (const item of Array.isArray(value) ? value : [value]) {
        this.value(element, code, item, resource, type);
      }
    }
    for (const element of below.get(path) ?? []) {
      if (element.min > 0 && !seen.has(element)) this.say("cardinality", element.path);
    }
  }

  named(elements, path, name) {
    const plain = elements.find((one) => one.path === `${path}.${name}`);
    if (plain) return [plain, plain.type?.[0].code];
    for (const one of elements.filter((each) => each.path.endsWith("[x]"))) {
      const stem = one.path.slice(path.length + 1, -3);
      const type = one.type.find(({ code }) => name === stem + code[0].toUpperCase() + code.slice(1));
      if (type) return [one, type.code];
    }
    return [];
  }

  value(element, code, item, resource, type) {
    if (item === null || (typeof item === "string" && !item.trim())) this.say("ele-1", element.path);
    if (element.contentReference) {
      this.object(type, element.contentReference.split("#")[1], item, resource);
    } else if (code === "Resource") {
      this.resource(item);
    } else if (code === "BackboneElement" || code === "Element") {
      this.object(type, element.path, item, resource);
    } else if (definitions.get(code)?.kind === "complex-type") {
      this.constraints(element, element.path.replace("[x]", ""), item, resource);
      for (const { profile } of element.type) {
        if (profile) this.constraints(profiles.get(profile[0]), code, item, resource);
      }
      this.object(code, code, item, resource);
    } else {
      this.constraints(element, element.path.replace("[x]", ""), item, resource);
    }
  }

  resource(value) {
    if (!definitions.has(value?.resourceType)) this.say("type", String(value?.resourceType));
    else this.object(value.resourceType, value.resourceType, value, value);
  }
}

const judged = JSON.parse(readFileSync(process.argv[2])).map((bundle) => {
  const judge = new Judge();
  judge.resource(bundle);
  return { failed: judge.failed, held: judge.held };
});
console.log(JSON.stringify({ judged, unsupported: Object.fromEntries(unsupported) }));
