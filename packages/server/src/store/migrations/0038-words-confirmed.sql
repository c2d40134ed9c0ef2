alter table "r_public_bulletin" add column "typed" jsonb;

alter table "r_public_bulletin" add column "typed_reason" text;
