alter table "r_closure" add column "lifted_by" text;
