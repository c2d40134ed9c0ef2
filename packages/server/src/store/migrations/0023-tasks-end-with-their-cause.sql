alter table "r_watch" add column "cleared_transfer" uuid;

create index "r_watch_cleared_transfer_filled" on "r_watch" ("cleared_transfer") where "cleared_transfer" is not null;

alter table "r_need" add column "closure" uuid;

create index "r_need_closure_filled" on "r_need" ("closure") where "closure" is not null;
