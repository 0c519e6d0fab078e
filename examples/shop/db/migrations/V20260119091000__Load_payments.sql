-- Purpose: the 10,000 payments that the old shop took in its last year
-- Author: Alex Rodriguez <alex@shop.example>
-- Ticket: PAY-457
-- Dependencies: V20260105092000, V20260119090000
-- Impact: no lock that others notice; less than a second
-- Rollback: U20260119091000__Unload_payments.sql

INSERT INTO payments (id, uuid, user_id, amount, currency, status, provider, provider_transaction_id,
                      created_at, updated_at)
SELECT n,
       md5('payment ' || n)::uuid,
       n * 5,
       (n * 37 % 50000 + 1) / 100.0,
       (ARRAY['USD', 'EUR', 'CHF'])[n % 3 + 1],
       (CASE WHEN n % 100 = 0 THEN 'refunded' WHEN n % 40 = 1 THEN 'failed' ELSE 'completed' END)::payment_status,
       CASE WHEN n % 2 = 0 THEN 'stripe' ELSE 'adyen' END,
       'old-shop-' || n,
       paid,
       paid
FROM generate_series(1, 10000) AS n,
     LATERAL (SELECT timestamptz '2025-01-01 00:00:00+00' + n * interval '50 minutes' AS paid) AS payment;
