"""Curated facts with sources: datasets, aliases, mixtures."""

from provenance.catalog.load import Catalog, load_catalog
from provenance.catalog.records import DatasetRecord, LicenseFact

__all__ = ["Catalog", "DatasetRecord", "LicenseFact", "load_catalog"]
