"""Errors that a caller can act on."""

from __future__ import annotations


class QuotestanceError(Exception):
    """Base of the errors that the library raises on purpose."""


class ModelNotFoundError(QuotestanceError, FileNotFoundError):
    """A model folder is missing or lacks a file."""
