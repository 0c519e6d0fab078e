-- truth: safe
ALTER TYPE status ADD VALUE 'void';
