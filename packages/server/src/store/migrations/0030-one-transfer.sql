alter table "r_watch" add column "transfer" uuid;

create index "r_watch_transfer_filled" on "r_watch" ("transfer") where "transfer" is not null;

alter table "r_transfer" add column "lines" jsonb;

alter table "r_transfer" add column "elsewhere" boolean;
