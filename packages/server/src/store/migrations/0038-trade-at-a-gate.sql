alter table "r_crossing" add column "trade" text;
