alter table "r_crossing" add column "two_gates" boolean;

alter table "r_crossing" add column "meets" jsonb;
