create table "r_case_count" (
  "county" text collate "C" not null,
  "id" uuid not null,
  "area" text collate "C" not null,
  "path" text collate "C" not null,
  "state" text collate "C" not null,
  "version" integer not null,
  "created_at" timestamptz not null,
  "changed_at" timestamptz not null,
  "last_event" uuid not null,
  "place" text,
  "day" date,
  "confirmed" integer,
  "suspected" integer,
  "discharged" integer,
  "died" integer,
  "clusters" integer,
  "sustained" boolean,
  "source" text,
  primary key ("id", "county")
);

create unique index "r_case_count_county_place_day_key" on "r_case_count" ("county", "place", "day");

create index "r_case_count_path_id_idx" on "r_case_count" ("path", "id");

create index "r_case_count_day_id_idx" on "r_case_count" ("day", "id");

create table "r_zone" (
  "county" text collate "C" not null,
  "id" uuid not null,
  "area" text collate "C" not null,
  "path" text collate "C" not null,
  "state" text collate "C" not null,
  "version" integer not null,
  "created_at" timestamptz not null,
  "changed_at" timestamptz not null,
  "last_event" uuid not null,
  "place" text,
  "scheme" text,
  "zone" text,
  "as_of" date,
  "from" text,
  "reasons" jsonb,
  "passed_over" jsonb,
  "measures" jsonb,
  "instrument" text,
  "announced_at" timestamptz,
  "announced_by" text,
  "rejected_because" text,
  "ended_at" timestamptz,
  primary key ("id", "county")
);

create index "r_zone_path_id_idx" on "r_zone" ("path", "id");

create index "r_zone_as_of_id_idx" on "r_zone" ("as_of", "id");

create index "r_zone_place_scheme_idx" on "r_zone" ("place", "scheme");

create table "r_closure" (
  "county" text collate "C" not null,
  "id" uuid not null,
  "area" text collate "C" not null,
  "path" text collate "C" not null,
  "state" text collate "C" not null,
  "version" integer not null,
  "created_at" timestamptz not null,
  "changed_at" timestamptz not null,
  "last_event" uuid not null,
  "title" text,
  "number" text,
  "measure" text,
  "organ" text,
  "basis" text,
  "basis_version" text,
  "reason" text,
  "scope" text,
  "areas" jsonb,
  "sites" jsonb,
  "start" timestamptz,
  "end" timestamptz,
  "review_by" date,
  "announcement" text,
  "outings" integer,
  "outing_days" integer,
  "trades" jsonb,
  "couriers" text,
  "support" text,
  "decided_by" text,
  "decision_no" text,
  "decided_at" timestamptz,
  "decision_file" jsonb,
  "refused_because" text,
  "reported_at" timestamptz,
  "announced_at" timestamptz,
  "announced_where" text,
  "review_note" text,
  "reviewed_at" timestamptz,
  "review_overdue" boolean,
  "ended_at" timestamptz,
  "lift_reason" text,
  primary key ("id", "county")
);

create index "r_closure_path_id_idx" on "r_closure" ("path", "id");

create index "r_closure_start_id_idx" on "r_closure" ("start", "id");

create index "r_closure_organ_idx" on "r_closure" ("organ");

create index "r_closure_end_idx" on "r_closure" ("end");

create table "r_pass" (
  "county" text collate "C" not null,
  "id" uuid not null,
  "area" text collate "C" not null,
  "path" text collate "C" not null,
  "state" text collate "C" not null,
  "version" integer not null,
  "created_at" timestamptz not null,
  "changed_at" timestamptz not null,
  "last_event" uuid not null,
  "number" text,
  "closure" uuid,
  "kind" text,
  "household" uuid,
  "person" uuid,
  "plate" text,
  "trade" text,
  "valid_from" timestamptz,
  "valid_to" timestamptz,
  "stop_reason" text,
  "stopped_at" timestamptz,
  primary key ("id", "county")
);

create index "r_pass_path_id_idx" on "r_pass" ("path", "id");

create index "r_pass_valid_from_id_idx" on "r_pass" ("valid_from", "id");

create index "r_pass_closure_idx" on "r_pass" ("closure");

create index "r_pass_household_idx" on "r_pass" ("household");

create index "r_pass_person_idx" on "r_pass" ("person");

create index "r_pass_number_idx" on "r_pass" ("number");

create index "r_pass_valid_to_idx" on "r_pass" ("valid_to");

create table "r_pass_key" (
  "county" text collate "C" not null,
  "id" uuid not null,
  "area" text collate "C" not null,
  "path" text collate "C" not null,
  "state" text collate "C" not null,
  "version" integer not null,
  "created_at" timestamptz not null,
  "changed_at" timestamptz not null,
  "last_event" uuid not null,
  "public_key" text,
  "holder" text,
  "valid_to" timestamptz,
  "stop_reason" text,
  "stopped_at" timestamptz,
  primary key ("id", "county")
);

create unique index "r_pass_key_county_public_key_key" on "r_pass_key" ("county", "public_key");

create index "r_pass_key_path_id_idx" on "r_pass_key" ("path", "id");

create index "r_pass_key_valid_to_id_idx" on "r_pass_key" ("valid_to", "id");

create table "r_crossing" (
  "county" text collate "C" not null,
  "id" uuid not null,
  "area" text collate "C" not null,
  "path" text collate "C" not null,
  "state" text collate "C" not null,
  "version" integer not null,
  "created_at" timestamptz not null,
  "changed_at" timestamptz not null,
  "last_event" uuid not null,
  "post" uuid,
  "gate" text,
  "direction" text,
  "crossed_at" timestamptz,
  "person" uuid,
  "travellers" integer,
  "plate" text,
  "origin" text,
  "destination" text,
  "purpose" text,
  "temperature" numeric,
  "listed" boolean,
  "home" boolean,
  "local" boolean,
  "through" boolean,
  "certificate" text,
  "mask" boolean,
  "refuses" boolean,
  "courier" boolean,
  "pass" uuid,
  "checked" text,
  "decision" text,
  "days" integer,
  "site" uuid,
  "because" text,
  "ruled" text,
  "ruled_why" jsonb,
  "differs" boolean,
  "confirmed_at" timestamptz,
  primary key ("id", "county")
);

create index "r_crossing_path_id_idx" on "r_crossing" ("path", "id");

create index "r_crossing_crossed_at_id_idx" on "r_crossing" ("crossed_at", "id");

create index "r_crossing_post_idx" on "r_crossing" ("post");

create index "r_crossing_person_idx" on "r_crossing" ("person");

create index "r_crossing_pass_idx" on "r_crossing" ("pass");

create index "r_crossing_site_idx" on "r_crossing" ("site");

create index "r_crossing_crossed_at_idx" on "r_crossing" ("crossed_at");

create index "r_crossing_pass_crossed_at_idx" on "r_crossing" ("pass", "crossed_at");

create index "r_crossing_post_crossed_at_idx" on "r_crossing" ("post", "crossed_at");

create table "r_transit" (
  "county" text collate "C" not null,
  "id" uuid not null,
  "area" text collate "C" not null,
  "path" text collate "C" not null,
  "state" text collate "C" not null,
  "version" integer not null,
  "created_at" timestamptz not null,
  "changed_at" timestamptz not null,
  "last_event" uuid not null,
  "crossing" uuid,
  "person" uuid,
  "travellers" integer,
  "origin" text,
  "decision" text,
  "days" integer,
  "site" uuid,
  "expected_by" timestamptz,
  "overdue" boolean,
  "next_chase" timestamptz,
  "chases" integer,
  "arrived_at" timestamptz,
  "note" text,
  primary key ("id", "county")
);

create index "r_transit_path_id_idx" on "r_transit" ("path", "id");

create index "r_transit_expected_by_id_idx" on "r_transit" ("expected_by", "id");

create index "r_transit_crossing_idx" on "r_transit" ("crossing");

create index "r_transit_person_idx" on "r_transit" ("person");

create index "r_transit_site_idx" on "r_transit" ("site");

create index "r_transit_next_chase_idx" on "r_transit" ("next_chase");
