-- truth: safe
BEGIN;
CREATE INDEX visits_page_idx ON ONLY visits (page);
COMMIT;

CREATE INDEX CONCURRENTLY visits_2024_page_idx ON visits_2024 (page);
CREATE INDEX CONCURRENTLY visits_2025_page_idx ON visits_2025 (page);
ALTER INDEX visits_page_idx ATTACH PARTITION visits_2024_page_idx;
ALTER INDEX visits_page_idx ATTACH PARTITION visits_2025_page_idx;
