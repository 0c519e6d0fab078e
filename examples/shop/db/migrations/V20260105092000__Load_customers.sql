-- Purpose: the 50,000 customers of the old shop, with their numbers from there
-- Author: Ines Duarte <ines@shop.example>
-- Ticket: SHOP-103
-- Dependencies: V20260105090000, V20260105091000
-- Impact: no lock that others notice; about a second
-- Rollback: U20260105092000__Unload_customers.sql

-- The old passwords stay behind: '!' matches no hash, and the first login asks for a new one.
INSERT INTO users (id, uuid, username, email, email_verified_at, password_hash, created_at, updated_at)
SELECT n,
       md5('customer ' || n)::uuid,
       'customer' || n,
       CASE n % 1000 WHEN 1 THEN 'o''brien+news' || n || '@city.museum'
                     WHEN 2 THEN 'Customer' || n || '@Shop.Example'
                     ELSE 'customer' || n || '@shop.example' END,
       CASE WHEN n % 3 > 0 THEN joined + interval '1 day' END,
       '!',
       joined,
       joined
FROM generate_series(1, 50000) AS n,
     LATERAL (SELECT timestamptz '2020-01-01 00:00:00+00' + n * interval '1 hour' AS joined) AS account;

-- Names as real tables have them: absent, empty, of two words, of other scripts, as long as the column takes.
INSERT INTO user_profiles (user_id, display_name, location, time_zone, created_at, updated_at, first_name, last_name)
SELECT n,
       CASE WHEN n % 4 = 0 THEN 'shopper ' || n END,
       CASE WHEN n % 5 = 0 THEN (ARRAY['Lisboa', 'Zürich', 'Kraków', '東京'])[n % 4 + 1] END,
       'Europe/Berlin',
       joined,
       joined,
       CASE WHEN n % 10000 = 0 THEN repeat('ß', 100)
            WHEN n % 50 IN (8, 9) THEN NULL
            WHEN n % 1000 = 10 THEN ''
            ELSE (ARRAY['Ann', 'Mary Ann', 'José', 'Zoë', 'Łukasz', 'Ольга', 'Søren', '小明', 'Nguyễn', 'Ali'])[n % 10 + 1] END,
       CASE WHEN n % 10000 = 0 THEN repeat('é', 100)
            WHEN n % 50 IN (7, 9) THEN NULL
            ELSE (ARRAY['Lee', 'García', 'van der Berg', 'Øst', 'Kowalska', 'Иванова', 'O''Neill', '王'])[n % 8 + 1] END
FROM generate_series(1, 50000) AS n,
     LATERAL (SELECT timestamptz '2020-01-01 00:00:00+00' + n * interval '1 hour' AS joined) AS account;
