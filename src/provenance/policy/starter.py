"""The policy file that ``provenance init`` writes."""

from __future__ import annotations

STARTING_POLICY = """\
# yaml-language-server: $schema=provenance.schema.json
# (for completion in an editor: `provenance policy schema > provenance.schema.json`)
#
# The policy that provenance judges training data by. Review it with whoever answers for licenses.
# `provenance policy show` prints the merged result with the origin of each value,
# `provenance policy test` runs the tests below, `provenance explain CODE` explains a rule.
version: 1

# Start from a built-in policy, pinned by version: default, commercial, research, open-data, gdpr,
# eu-ai-act or strict. Local files can be named too. Later ones, then this file, win.
extends: [builtin:default@1]

# What you want to do: commercial, internal, research, redistribute-weights,
# generate-training-data.
use: [commercial]

licenses:
  # SPDX ids, LicenseRef-… or groups. An id weighs more than a group; what is named here leaves
  # the list in which the policy above put it.
  # allow: [CC-BY-SA-4.0]
  # review: [responsible-ai]
  # deny: [ODbL-1.0]
  # error, incomplete, warning, note or ignore:
  missing: incomplete

coverage:
  thresholds:
    # The most of the training data that may lack an explicit license, 0 to 1.
    - measure: headline     # or published, tokens, rows, bytes, datasets
      reading: direct       # or inherited: what sets derive from counts too
      max_fraction_lacking: 0.05
      bound: point          # or upper: the worst that unknown sizes allow

# Findings accepted by somebody, for a reason, until a day:
# exceptions:
#   - rule: LIC003
#     subject: datasets/owner/name
#     reason: licensed-separately
#     comment: contract of 3 May, section 2
#     owner: legal@example.org
#     expires: 2027-06-30

# Facts corrected, pinned to the evidence they replace (an audit prints the digest to pin to):
# clarifications:
#   - subject: datasets/owner/name
#     license: CC-BY-4.0
#     evidence_sha256: 0000000000000000000000000000000000000000000000000000000000000000
#     comment: the publisher's letter of 3 May
#     owner: legal@example.org

tests:
  - name: a permissive license passes
    license: Apache-2.0
    expect: {decision: allow, verdict: pass}
  - name: non-commercial terms fail
    license: CC-BY-NC-4.0
    expect: {decision: deny, verdict: fail, findings: [LIC001]}
"""
"""Commented, valid as it stands, with tests that pass."""
