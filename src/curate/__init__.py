"""Structured-content authoring and validation for medical knowledge."""

__version__ = "0.1.0"
