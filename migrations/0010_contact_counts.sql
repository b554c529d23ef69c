-- Exact counts kept by the database, so that no writer can forget them (contacts.md §3, member_count; §1, limit.contacts).
create function count_group_members() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    with delta as (
      select account_id, group_id, count(*) filter (where state = 'member') as n from after_rows group by 1, 2
    ), locked as (
      -- In one order, so that two writers of the same groups cannot wait for each other.
      select g.account_id, g.id, d.n from contact_groups g join delta d on d.account_id = g.account_id and d.group_id = g.id
      where d.n <> 0 order by g.id for no key update of g
    )
    update contact_groups g set member_count = g.member_count + l.n
    from locked l where g.account_id = l.account_id and g.id = l.id;
  elsif tg_op = 'DELETE' then
    with delta as (
      select account_id, group_id, count(*) filter (where state = 'member') as n from before_rows group by 1, 2
    ), locked as (
      select g.account_id, g.id, d.n from contact_groups g join delta d on d.account_id = g.account_id and d.group_id = g.id
      where d.n <> 0 order by g.id for no key update of g
    )
    update contact_groups g set member_count = g.member_count - l.n
    from locked l where g.account_id = l.account_id and g.id = l.id;
  else
    with delta as (
      select account_id, group_id, sum(n) as n from (
        select account_id, group_id, 1 as n from after_rows where state = 'member'
        union all
        select account_id, group_id, -1 from before_rows where state = 'member'
      ) moved group by 1, 2
    ), locked as (
      select g.account_id, g.id, d.n from contact_groups g join delta d on d.account_id = g.account_id and d.group_id = g.id
      where d.n <> 0 order by g.id for no key update of g
    )
    update contact_groups g set member_count = g.member_count + l.n
    from locked l where g.account_id = l.account_id and g.id = l.id;
  end if;
  return null;
end $$;
create trigger members_joined after insert on contact_group_members
  referencing new table as after_rows for each statement execute function count_group_members();
create trigger members_gone after delete on contact_group_members
  referencing old table as before_rows for each statement execute function count_group_members();
create trigger members_moved after update on contact_group_members
  referencing old table as before_rows new table as after_rows for each statement execute function count_group_members();

-- The number of contacts of an account is the sum over its slots; writers of different slots do not wait for each other.
create table contact_counts (
  account_id uuid not null references accounts (account_id),
  slot integer not null,
  contacts bigint not null,
  primary key (account_id, slot)
);
select protect_account_table('contact_counts');

create function count_contacts() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into contact_counts as c (account_id, slot, contacts)
    select account_id, pg_backend_pid() % 32, count(*) from changed_rows group by account_id
    on conflict (account_id, slot) do update set contacts = c.contacts + excluded.contacts;
  else
    insert into contact_counts as c (account_id, slot, contacts)
    select account_id, pg_backend_pid() % 32, -count(*) from changed_rows group by account_id
    on conflict (account_id, slot) do update set contacts = c.contacts + excluded.contacts;
  end if;
  return null;
end $$;
create trigger contacts_added after insert on contacts
  referencing new table as changed_rows for each statement execute function count_contacts();
create trigger contacts_removed after delete on contacts
  referencing old table as changed_rows for each statement execute function count_contacts();

-- The set a bulk action was confirmed for, frozen at its start (contacts.md §1, CON-4).
create table bulk_selections (
  account_id uuid not null,
  operation_id uuid not null,
  contact_id uuid not null,
  primary key (account_id, operation_id, contact_id),
  foreign key (account_id, operation_id) references operations (account_id, id) on delete cascade
);
select protect_account_table('bulk_selections', 'select, insert, delete');
