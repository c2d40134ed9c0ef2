create table "identity_keys" (
  "county" text collate "C" not null,
  "id" uuid not null,
  "record" text collate "C" not null,
  "wrapped" text,
  "erased_at" timestamptz,
  primary key ("id", "county")
);

alter table "r_person" add column "distinct_from" jsonb;

alter table "r_person" add column "sealed" text;

alter table "r_person" add column "sealed_names" jsonb;

alter table "r_person" add column "name_exact" text collate "C";

alter table "r_person" add column "name_pinyin" text collate "C";

alter table "r_person" add column "name_initials" text collate "C";

alter table "r_person" add column "document_number_exact" text collate "C";

alter table "r_person" add column "phone_exact" text collate "C";

alter table "r_person" add column "plate_exact" text collate "C";

create unique index "r_person_county_document_number_exact_key" on "r_person" ("county", "document_number_exact");

create index "r_person_name_exact_path_idx" on "r_person" ("name_exact", "path");

create index "r_person_name_pinyin_path_idx" on "r_person" ("name_pinyin", "path");

create index "r_person_name_initials_path_idx" on "r_person" ("name_initials", "path");

create index "r_person_document_number_exact_path_idx" on "r_person" ("document_number_exact", "path");

create index "r_person_phone_exact_path_idx" on "r_person" ("phone_exact", "path");

create index "r_person_plate_exact_path_idx" on "r_person" ("plate_exact", "path");

alter table "r_household" add column "sealed" text;

alter table "r_household" add column "sealed_names" jsonb;

alter table "r_household" add column "phone_exact" text collate "C";

create index "r_household_phone_exact_path_idx" on "r_household" ("phone_exact", "path");

alter table "r_place" add column "sealed" text;

alter table "r_place" add column "sealed_names" jsonb;

alter table "r_place" add column "phone_exact" text collate "C";

create index "r_place_phone_exact_path_idx" on "r_place" ("phone_exact", "path");

alter table "r_transfer" add column "sealed" text;

alter table "r_transfer" add column "sealed_names" jsonb;

alter table "r_pass" add column "sealed" text;

alter table "r_pass" add column "sealed_names" jsonb;

alter table "r_pass" add column "plate_exact" text collate "C";

create index "r_pass_plate_exact_path_idx" on "r_pass" ("plate_exact", "path");

alter table "r_crossing" add column "sealed" text;

alter table "r_crossing" add column "sealed_names" jsonb;

alter table "r_crossing" add column "plate_exact" text collate "C";

create index "r_crossing_plate_exact_path_idx" on "r_crossing" ("plate_exact", "path");

-- What stood in clear leaves: these records were defined a few steps earlier and hold nothing yet.
alter table "r_person" drop column "name";
alter table "r_person" drop column "document_number";
alter table "r_person" drop column "phone";
alter table "r_person" drop column "plate";
alter table "r_person" drop column "occupation";
alter table "r_person" drop column "employer";
alter table "r_person" drop column "origin";
alter table "r_person" drop column "address";
alter table "r_household" drop column "phone";
alter table "r_household" drop column "note";
alter table "r_place" drop column "contact";
alter table "r_place" drop column "phone";
alter table "r_transfer" drop column "findings";
alter table "r_pass" drop column "plate";
alter table "r_crossing" drop column "plate";
