alter table "r_person" add column "came_from" text;

alter table "r_person" add column "left_home" uuid;

alter table "r_person" add column "brought_by" text;

create index "r_person_left_home_filled" on "r_person" ("left_home") where "left_home" is not null;
