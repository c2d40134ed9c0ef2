alter table "r_item" add column "numbered_on" text;

-- As the definition reads it from the number, so that what was filed before keeps its number to itself.
update "r_item" set "numbered_on" = substr("number", 4, 4) || '-' || substr("number", 8, 2) || '-' || substr("number", 10, 2)
  where "number" ~ '^DB-[0-9]{8}-';

create index "r_item_numbered_on_idx" on "r_item" ("numbered_on");
