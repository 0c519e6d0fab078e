-- truth: safe
CREATE PUBLICATION keyed FOR TABLE accounts;
