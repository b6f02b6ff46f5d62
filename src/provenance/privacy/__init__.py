"""What cards document about personal data and about where content comes from."""

from provenance.privacy.personal_data import read_personal_data
from provenance.privacy.transparency import read_transparency

__all__ = ["read_personal_data", "read_transparency"]
