-- truth: safe
ALTER DOMAIN word ADD CONSTRAINT short CHECK (length(VALUE) < 100) NOT VALID;
