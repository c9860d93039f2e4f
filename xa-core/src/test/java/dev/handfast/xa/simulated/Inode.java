package dev.handfast.xa.simulated;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** The bytes of a file: as readers see them, and what of them is on the platter. */
final class Inode {

  static final int SECTOR = 512;

  final long id;
  private final Content cache;
  private final Content platter;
  private final List<Change> pending = new ArrayList<>();

  /** What a force that failed has taken for written: no later force writes it. */
  private final List<Change> dropped = new ArrayList<>();

  /** Bytes at an offset, or a new length if there are none. */
  @SuppressWarnings("ArrayRecordComponent") // applied once, never compared
  private record Change(int offset, byte[] bytes, boolean isLength) {

    /** Whether nothing is left of another one that was written before. */
    boolean covers(Change other) {
      return !isLength
          && offset <= other.offset
          && offset + bytes.length >= other.offset + other.bytes.length;
    }

    void applyTo(Content content) {
      if (isLength) {
        content.setLength(offset);
      } else {
        content.write(offset, bytes);
      }
    }
  }

  Inode(long id) {
    this(id, new Content(new byte[0]));
  }

  private Inode(long id, Content content) {
    this(id, content, content.copy());
  }

  private Inode(long id, Content cache, Content platter) {
    this.id = id;
    this.cache = cache;
    this.platter = platter;
  }

  int length() {
    return cache.length();
  }

  byte[] bytes() {
    return cache.all();
  }

  byte[] read(long offset, int length) {
    return cache.read((int) offset, length);
  }

  void write(long offset, byte[] bytes) {
    change(new Change((int) offset, bytes.clone(), false));
  }

  void setLength(long length) {
    change(new Change((int) length, new byte[0], true));
  }

  /** In the cache and on the platter. */
  void patch(int offset, byte[] bytes) {
    cache.write(offset, bytes);
    platter.write(offset, bytes);
  }

  /** All of it, in the cache and on the platter. */
  void replace(byte[] bytes) {
    cache.setLength(bytes.length);
    platter.setLength(bytes.length);
    patch(0, bytes);
  }

  private void change(Change change) {
    change.applyTo(cache);
    pending.add(change);
  }

  /** How many changes are not forced. */
  int pending() {
    return pending.size();
  }

  /** The first so many changes are on the platter. */
  void forced(int count) {
    List<Change> done = pending.subList(0, Math.min(count, pending.size()));
    for (Change change : done) {
      change.applyTo(platter);
      dropped.removeIf(change::covers);
    }
    done.clear();
  }

  /** The system believes that they are. */
  void dropped(int count) {
    List<Change> done = pending.subList(0, Math.min(count, pending.size()));
    dropped.addAll(done);
    done.clear();
  }

  /**
   * As another process finds it: what was not forced is still not, and what was dropped may have
   * been read again from the platter.
   */
  Inode afterKill(RandomGenerator random) {
    Inode next = new Inode(id, cache.copy(), platter.copy());
    for (Change change : dropped) {
      if (!change.isLength() && random.nextBoolean()) {
        next.cache.write(change.offset(), platter.read(change.offset(), change.bytes().length));
      }
    }
    next.pending.addAll(pending);
    next.dropped.addAll(dropped);
    return next;
  }

  /** As it is found when the power is back. */
  Inode afterPowerLoss(RandomGenerator random) {
    return switch (random.nextInt(4)) {
      case 0 -> new Inode(id, platter.copy());
      case 1 -> keptInPart(random);
      default -> mixed(random);
    };
  }

  /** Every change as a whole, or not at all. */
  private Inode keptInPart(RandomGenerator random) {
    Content content = platter.copy();
    for (Change change : changes()) {
      if (random.nextBoolean()) {
        change.applyTo(content);
      }
    }
    return new Inode(id, content);
  }

  private List<Change> changes() {
    List<Change> all = new ArrayList<>(dropped);
    all.addAll(pending);
    return all;
  }

  /** Of every sector some version that it has had since it was forced, in any order. */
  private Inode mixed(RandomGenerator random) {
    Content now = platter.copy();
    List<Integer> lengths = new ArrayList<>(List.of(platter.length()));
    TreeMap<Integer, List<byte[]>> versions = new TreeMap<>();
    for (Change change : changes()) {
      change.applyTo(now);
      lengths.add(now.length());
      int end = change.offset() + change.bytes().length;
      for (int at = change.offset() / SECTOR * SECTOR; at < end; at += SECTOR) {
        versions.computeIfAbsent(at, none -> new ArrayList<>()).add(now.read(at, SECTOR));
      }
    }
    Content content = platter.copy();
    versions.forEach(
        (at, all) -> {
          int version = random.nextInt(all.size() + 1);
          if (version > 0) {
            content.write(at, all.get(version - 1));
          }
        });
    content.setLength(lengths.get(random.nextInt(lengths.size())));
    return new Inode(id, content);
  }
}
