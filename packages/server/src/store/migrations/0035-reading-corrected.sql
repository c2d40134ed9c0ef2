alter table "r_transfer" add column "corrected_on" date;
