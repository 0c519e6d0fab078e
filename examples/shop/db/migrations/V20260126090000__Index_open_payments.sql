-- Purpose: the job that asks providers about open payments reads these few, not the whole table
-- Author: Alex Rodriguez <alex@shop.example>
-- Ticket: PAY-470
-- Dependencies: V20260119090000
-- Impact: reads payments twice; writers go on
-- Rollback: U20260126090000__Drop_index_open_payments.sql

CREATE INDEX CONCURRENTLY payments_open ON payments (created_at) WHERE status IN ('pending', 'processing');
