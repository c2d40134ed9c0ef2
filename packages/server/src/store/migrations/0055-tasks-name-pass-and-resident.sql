alter table "r_need" add column "resident" uuid;

alter table "r_need" add column "pass" uuid;

create index "r_need_resident_filled" on "r_need" ("resident") where "resident" is not null;

create index "r_need_pass_filled" on "r_need" ("pass") where "pass" is not null;
