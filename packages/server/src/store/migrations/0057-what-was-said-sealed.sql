alter table "r_arrival" add column "sealed" text;

alter table "r_arrival" add column "sealed_names" jsonb;

alter table "r_departure" add column "sealed" text;

alter table "r_departure" add column "sealed_names" jsonb;

alter table "r_visit" add column "sealed" text;

alter table "r_visit" add column "sealed_names" jsonb;

-- What stood in clear leaves the rows. It needs the key to be sealed: the first start makes these rows anew from their acts.
alter table "r_arrival" drop column "transport_number";
alter table "r_arrival" drop column "certificate";
alter table "r_departure" drop column "transport_number";
alter table "r_departure" drop column "employer";
alter table "r_departure" drop column "certificate";
alter table "r_visit" drop column "note";
alter table "r_crossing" drop column "purpose";
alter table "r_crossing" drop column "certificate";
