-- Rollback: Remove Payment Processing System
-- This will permanently delete all payment data!

DROP TABLE IF EXISTS payments CASCADE;
DROP TYPE IF EXISTS payment_status;
