-- A copied or moved data folder is another reason to ask the operator what an installation is.
alter table instance_guards drop constraint instance_guards_held_reason_check;
alter table instance_guards add constraint instance_guards_held_reason_check
  check (held_reason in ('secret', 'host', 'instance', 'place', 'backup'));
