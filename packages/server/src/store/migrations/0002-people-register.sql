create table "r_person" (
  "county" text collate "C" not null,
  "id" uuid not null,
  "area" text collate "C" not null,
  "path" text collate "C" not null,
  "state" text collate "C" not null,
  "version" integer not null,
  "created_at" timestamptz not null,
  "changed_at" timestamptz not null,
  "last_event" uuid not null,
  "name" text,
  "document_type" text,
  "document_number" text,
  "sex" text,
  "birth_year" integer,
  "phone" text,
  "plate" text,
  "household" uuid,
  "relation" text,
  "occupation" text,
  "employer" text,
  "origin" text,
  "address" text,
  "registered_on" date,
  "needed_on" date,
  "erasure_proposed_on" date,
  "merged_into" uuid,
  primary key ("id", "county")
);

create unique index "r_person_county_document_number_key" on "r_person" ("county", "document_number");

create index "r_person_path_id_idx" on "r_person" ("path", "id");

create index "r_person_registered_on_id_idx" on "r_person" ("registered_on", "id");

create index "r_person_household_idx" on "r_person" ("household");

create index "r_person_merged_into_idx" on "r_person" ("merged_into");

create table "r_household" (
  "county" text collate "C" not null,
  "id" uuid not null,
  "area" text collate "C" not null,
  "path" text collate "C" not null,
  "state" text collate "C" not null,
  "version" integer not null,
  "created_at" timestamptz not null,
  "changed_at" timestamptz not null,
  "last_event" uuid not null,
  "door" text,
  "place" uuid,
  "kind" text,
  "order" integer,
  "phone" text,
  "residents" integer,
  "note" text,
  primary key ("id", "county")
);

create index "r_household_path_id_idx" on "r_household" ("path", "id");

create index "r_household_door_id_idx" on "r_household" ("door", "id");

create index "r_household_place_idx" on "r_household" ("place");

create index "r_household_place_order_idx" on "r_household" ("place", "order");

create table "r_place" (
  "county" text collate "C" not null,
  "id" uuid not null,
  "area" text collate "C" not null,
  "path" text collate "C" not null,
  "state" text collate "C" not null,
  "version" integer not null,
  "created_at" timestamptz not null,
  "changed_at" timestamptz not null,
  "last_event" uuid not null,
  "name" text,
  "kind" text,
  "within" uuid,
  "address" text,
  "position" jsonb,
  "contact" text,
  "phone" text,
  primary key ("id", "county")
);

create index "r_place_path_id_idx" on "r_place" ("path", "id");

create index "r_place_name_id_idx" on "r_place" ("name", "id");

create index "r_place_within_idx" on "r_place" ("within");

create table "r_assignment" (
  "county" text collate "C" not null,
  "id" uuid not null,
  "area" text collate "C" not null,
  "path" text collate "C" not null,
  "state" text collate "C" not null,
  "version" integer not null,
  "created_at" timestamptz not null,
  "changed_at" timestamptz not null,
  "last_event" uuid not null,
  "account" text,
  "worker" text,
  "part" text,
  "household" uuid,
  "place" uuid,
  "from" date,
  "to" date,
  "successor" text,
  primary key ("id", "county")
);

create index "r_assignment_path_id_idx" on "r_assignment" ("path", "id");

create index "r_assignment_from_id_idx" on "r_assignment" ("from", "id");

create index "r_assignment_household_idx" on "r_assignment" ("household");

create index "r_assignment_place_idx" on "r_assignment" ("place");

create index "r_assignment_account_idx" on "r_assignment" ("account");
