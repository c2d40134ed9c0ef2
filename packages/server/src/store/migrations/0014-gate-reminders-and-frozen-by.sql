alter table "r_transit" add column "asked" text;

alter table "r_daily_report" add column "frozen_by" text;
