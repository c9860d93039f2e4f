package dev.handfast.xa.internal.log.slot;

import dev.handfast.xa.internal.disk.FileKey;
import dev.handfast.xa.internal.log.record.DamagedRecord;
import dev.handfast.xa.internal.log.record.DamagedRecordException;
import dev.handfast.xa.internal.log.record.DecisionRecord;
import dev.handfast.xa.internal.log.record.LogStoreException;
import dev.handfast.xa.internal.log.record.RecordCodec;
import dev.handfast.xa.spi.Gtrid;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads a slot file from end to end and changes nothing. */
public final class SlotScan {

  private final Pages file;
  private final SlotReader reader;
  private final Map<Integer, SlotPage> pages = new TreeMap<>();
  private final Map<Long, Map<Integer, Integer>> continuations = new HashMap<>();
  private final List<SlotHeader> heads = new ArrayList<>();
  private final Map<Gtrid, SlotContents.Stored> records = new LinkedHashMap<>();
  private final Map<Integer, DamagedRecord> damaged = new LinkedHashMap<>();
  private final Set<Integer> used = new HashSet<>();
  private final List<Integer> unreadable = new ArrayList<>();
  private final Map<Integer, IOException> failures = new TreeMap<>();
  private final List<Integer> ofOtherStarts = new ArrayList<>();
  private final List<String> doubts = new ArrayList<>();
  private long last;

  private SlotScan(Pages file) {
    this.file = file;
    this.reader = new SlotReader(file);
  }

  /**
   * Reads a file.
   *
   * @throws LogStoreException if it has a newer format
   */
  public static SlotContents read(Pages file) throws IOException {
    return new SlotScan(file).contents();
  }

  private SlotContents contents() throws IOException {
    SlotFileHeader header = header();
    int present = Math.min(header.slots(), file.length());
    for (int slot = 0; slot < present; slot++) {
      sort(slot, page(slot), header.start());
    }
    heads.sort(Comparator.comparingLong(SlotHeader::sequence).reversed());
    heads.forEach(this::read);
    if (!unreadable.isEmpty()) {
      doubts.add("slots that cannot be read: " + unreadable + failures() + ofOtherStarts());
    }
    return new SlotContents(
        header, records, used, oldestFirst(damaged), Set.of(), unreadable, doubts, last + 1);
  }

  private SlotFileHeader header() throws IOException {
    SlotFileHeader first = headerAt(0);
    SlotFileHeader second = headerAt(1);
    SlotFileHeader newest = newest(first, second);
    if (newest == null) {
      doubts.add("the header cannot be read");
      return SlotFileHeader.unknown(file.length(), startOfThePages(), file.key());
    }
    if (!newest.isKnown()) {
      throw new LogStoreException(
          "The log "
              + file.path()
              + " has format "
              + newest.format()
              + ", and this release knows the formats 1 to "
              + SlotFileHeader.FORMAT
              + ". To solve this, use the release that wrote it.");
    }
    if (file.length() < newest.slots()) {
      doubts.add("the file ends after " + file.length() + " of " + newest.slots() + " slots");
    }
    if (!FileKey.matches(newest.key(), file.key())) {
      doubts.add("the file is a copy or was restored: it was made as " + newest.key());
    }
    // The one that cannot be read may have counted slots that were added later.
    boolean counted = first != null && second != null && !isUsedBehind(newest.slots());
    return counted ? newest : newest.upTo(file.length());
  }

  /** The start that wrote most lately into the pages: whose file it is without a header. */
  private int startOfThePages() throws IOException {
    long latest = -1;
    int start = 0;
    for (int slot = 0; slot < file.length(); slot++) {
      SlotHeader header = page(slot).header();
      if (header != null && header.sequence() > latest) {
        latest = header.sequence();
        start = header.start();
      }
    }
    return start;
  }

  /**
   * Whether there are records behind the slots that the header counts: then the header that counts
   * them has not reached the disk. A growth that failed leaves free slots or zeros there.
   */
  private boolean isUsedBehind(int slots) throws IOException {
    for (int slot = slots; slot < file.length(); slot++) {
      SlotHeader header = page(slot).header();
      if (header != null && header.kind() != SlotHeader.Kind.FREE) {
        return true;
      }
    }
    return false;
  }

  /** A page that cannot be read is damaged, and costs no other; an error may pass. */
  private SlotPage page(int slot) {
    try {
      return SlotPage.read(twice(() -> reader.read(slot), () -> file.read(slot)), slot);
    } catch (IOException e) {
      failures.put(slot, e);
      return SlotPage.UNREADABLE;
    }
  }

  @FunctionalInterface
  private interface Reading {
    byte[] read() throws IOException;
  }

  private static byte[] twice(Reading first, Reading second) throws IOException {
    try {
      return first.read();
    } catch (IOException e) {
      return second.read();
    }
  }

  private String failures() {
    return failures.isEmpty() ? "" : " (" + failures + ")";
  }

  /** Each start writes a file of its own: such a slot was not written when it was told. */
  private String ofOtherStarts() {
    return ofOtherStarts.isEmpty() ? "" : " (of another start: " + ofOtherStarts + ")";
  }

  private @Nullable SlotFileHeader headerAt(int copy) {
    try {
      return SlotFileHeader.in(twice(() -> file.readHeader(copy), () -> file.readHeader(copy)));
    } catch (IOException e) {
      doubts.add("page " + copy + " of the header cannot be read (" + e + ")");
      return null;
    }
  }

  private static @Nullable SlotFileHeader newest(
      @Nullable SlotFileHeader one, @Nullable SlotFileHeader other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return other.sequence() > one.sequence() ? other : one;
  }

  private void sort(int slot, SlotPage page, int start) {
    SlotHeader header = page.header();
    if (header == null) {
      unreadable.add(slot);
      return;
    }
    if (start != 0 && header.start() != start) {
      ofOtherStarts.add(slot);
      unreadable.add(slot);
      return;
    }
    last = Math.max(last, header.sequence());
    switch (header.kind()) {
      case FREE -> {}
      case HEAD -> {
        pages.put(slot, page);
        heads.add(header);
      }
      case CONTINUATION -> {
        pages.put(slot, page);
        continuations
            .computeIfAbsent(header.sequence(), sequence -> new HashMap<>())
            .put(header.chunk(), slot);
      }
    }
  }

  /** Newest first: an older copy of a record that was read is stale. */
  private void read(SlotHeader head) {
    if (records.containsKey(head.gtrid())) {
      return;
    }
    List<Integer> slots = slots(head);
    try {
      requireBelieved(head);
      DecisionRecord decision = RecordCodec.decode(bytes(head, slots));
      requireSame(head, decision);
      requireNewest(head);
      records.put(head.gtrid(), new SlotContents.Stored(decision, new Placement(slots, List.of())));
      used.addAll(slots);
    } catch (DamagedRecordException e) {
      damaged(head, slots, e);
    }
  }

  private static void requireBelieved(SlotHeader head) throws DamagedRecordException {
    if (head.disbelieved()) {
      throw new DamagedRecordException(SlotContents.DISBELIEVED);
    }
  }

  private void damaged(SlotHeader head, List<Integer> slots, DamagedRecordException why) {
    if (head.gtrid().isEmpty()) {
      unreadable.add(head.slot());
      return;
    }
    String place = file.path() + ", slot " + head.slot();
    damaged.put(
        head.slot(), new DamagedRecord(head.gtrid(), place, String.valueOf(why.getMessage())));
    used.addAll(slots);
  }

  /**
   * A rewrite need not have reached the disk, and what it was to replace says the same and more.
   * Any other copy said something new: the one before must not be believed in its place.
   */
  private void requireNewest(SlotHeader head) throws DamagedRecordException {
    List<SlotHeader> newer = damagedOf(head.gtrid());
    for (SlotHeader each : newer) {
      if (!each.rewrite()) {
        throw new DamagedRecordException(
            "the copy in slot " + each.slot() + " is newer, and damaged");
      }
    }
    for (SlotHeader each : newer) {
      damaged.remove(each.slot());
      slots(each).forEach(used::remove);
    }
  }

  private List<SlotHeader> damagedOf(Gtrid gtrid) {
    return heads.stream()
        .filter(head -> head.gtrid().equals(gtrid) && damaged.containsKey(head.slot()))
        .toList();
  }

  private static Map<Integer, DamagedRecord> oldestFirst(Map<Integer, DamagedRecord> newestFirst) {
    List<Map.Entry<Integer, DamagedRecord>> entries = new ArrayList<>(newestFirst.entrySet());
    Collections.reverse(entries);
    Map<Integer, DamagedRecord> oldestFirst = new LinkedHashMap<>();
    entries.forEach(entry -> oldestFirst.put(entry.getKey(), entry.getValue()));
    return oldestFirst;
  }

  private List<Integer> slots(SlotHeader head) {
    List<Integer> slots = new ArrayList<>(List.of(head.slot()));
    Map<Integer, Integer> chunks = continuations.getOrDefault(head.sequence(), Map.of());
    for (int chunk = 1; chunk < head.chunks(); chunk++) {
      Integer slot = chunks.get(chunk);
      if (slot == null) {
        break;
      }
      slots.add(slot);
    }
    return slots;
  }

  private byte[] bytes(SlotHeader head, List<Integer> slots) throws DamagedRecordException {
    if (slots.size() != head.chunks()) {
      throw new DamagedRecordException(
          slots.size() + " of its " + head.chunks() + " slots are there");
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(slots.size() * SlotPage.CAPACITY);
    for (int slot : slots) {
      SlotPage page = pages.get(slot);
      if (page == null || !page.intact()) {
        throw new DamagedRecordException("the checksum of slot " + slot + " does not match");
      }
      bytes.writeBytes(page.data());
    }
    return bytes.toByteArray();
  }

  private static void requireSame(SlotHeader head, DecisionRecord decision)
      throws DamagedRecordException {
    if (!decision.gtrid().equals(head.gtrid())) {
      throw new DamagedRecordException("it is the record of transaction " + decision.gtrid());
    }
  }
}
