alter table "r_person" add column "went_to" text;
