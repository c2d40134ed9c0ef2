alter table "r_watch" add column "found_at" timestamptz;

alter table "r_watch" add column "found_by" text;

alter table "r_need" add column "found_at" timestamptz;

alter table "r_need" add column "found_by" text;
