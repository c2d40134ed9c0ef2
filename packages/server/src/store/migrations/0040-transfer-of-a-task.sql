alter table "r_need" add column "transfer" uuid;

create index "r_need_transfer_filled" on "r_need" ("transfer") where "transfer" is not null;
