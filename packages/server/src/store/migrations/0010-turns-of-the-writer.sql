drop index "events_county_record_day_idx";

create table "turns" (
  "one" boolean not null,
  "taken" bigint not null,
  primary key ("one")
);
