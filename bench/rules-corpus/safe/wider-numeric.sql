-- truth: safe
ALTER TABLE lines ADD COLUMN rebate numeric(6, 2);
ALTER TABLE lines ALTER COLUMN rebate TYPE numeric(10, 2);
