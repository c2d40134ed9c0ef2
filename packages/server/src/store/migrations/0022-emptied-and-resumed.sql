alter table "r_household" add column "emptied_by" uuid;

create index "r_household_emptied_by_filled" on "r_household" ("emptied_by") where "emptied_by" is not null;

alter table "r_departure" add column "observation" text;

alter table "r_watch" add column "departure" uuid;

create index "r_watch_departure_filled" on "r_watch" ("departure") where "departure" is not null;
