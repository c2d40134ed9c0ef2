alter table "r_household" add column "empty_on" date;

alter table "r_household" add column "forgotten_on" date;
