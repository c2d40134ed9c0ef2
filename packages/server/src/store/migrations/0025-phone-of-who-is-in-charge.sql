alter table "r_assignment" add column "sealed" text;

alter table "r_assignment" add column "sealed_names" jsonb;
