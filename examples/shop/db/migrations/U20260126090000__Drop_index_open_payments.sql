-- Undoes: V20260126090000__Index_open_payments.sql

DROP INDEX CONCURRENTLY payments_open;
