"""Words that readers, rules, reports and renderers share: licenses, restrictions, topics."""
