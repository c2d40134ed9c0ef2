alter table "turns" add column "fixed" timestamptz;
