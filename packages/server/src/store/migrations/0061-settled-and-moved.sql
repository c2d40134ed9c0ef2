alter table "r_transfer" add column "went_to" text;
