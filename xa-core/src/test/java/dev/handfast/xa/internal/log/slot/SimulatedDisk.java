package dev.handfast.xa.internal.log.slot;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * Pages behind an operating system's cache: a write reaches the cache, a force the disk. It can
 * fail, and it can end as a process or as a machine does.
 */
final class SimulatedDisk implements Pages {

  /** What the next force does. */
  enum NextForce {
    WORKS,
    /** Fails, and the bytes are on disk. */
    FAILS_AFTER,
    /** Fails; the bytes are not on disk, and the cache believes they are. */
    FAILS_BEFORE,
    /** Fails, and so does everything afterwards. */
    BREAKS,
    /** Is interrupted: the result is hidden and the bytes may not be there. */
    INTERRUPTED
  }

  private static final int HEADERS = 2;

  private final Map<Long, byte[]> cache = new TreeMap<>();
  private final Map<Long, byte[]> disk = new TreeMap<>();
  private final Map<Long, List<byte[]>> dirty = new TreeMap<>();
  private final Set<Long> dropped = new TreeSet<>();
  private final List<NextForce> next = new ArrayList<>();
  private boolean broken;
  private int forces;

  private SimulatedDisk() {}

  SimulatedDisk(int slots) throws IOException {
    for (int slot = 0; slot < slots; slot++) {
      write(slot, SlotPage.free(slot, 0, 0));
    }
    SlotFileHeader header = SlotFileHeader.fresh(slots, "abcdef", "1@-");
    writeHeader(header.before());
    writeHeader(header);
    force();
  }

  /** An empty one, which stands for a new file. */
  SimulatedDisk successor() {
    return new SimulatedDisk();
  }

  void nextForce(NextForce... outcomes) {
    next.addAll(List.of(outcomes));
  }

  int forces() {
    return forces;
  }

  /** A page as a reader finds it, to be changed in place. */
  byte[] page(int slot) {
    return cache.get((long) HEADERS + slot);
  }

  byte[] headerPage(int copy) {
    return cache.get((long) copy);
  }

  @Override
  public synchronized void cut(int slots) throws IOException {
    if (broken) {
      throw new IOException("the disk is broken");
    }
    cache.keySet().removeIf(page -> page >= HEADERS + slots);
    dropped.removeIf(page -> page >= HEADERS + slots);
  }

  /** The process ends: what it wrote stays in the cache, unless its force failed. */
  void kill(RandomGenerator random) {
    next.clear();
    broken = false;
    for (long page : dropped) {
      if (random.nextBoolean()) {
        cache.put(page, disk.getOrDefault(page, new byte[SlotPage.SIZE]).clone());
      }
    }
    dropped.clear();
  }

  /**
   * The machine ends: of each page that was not forced some version is on disk, or two of them cut
   * at any byte.
   */
  void loseWrites(RandomGenerator random) {
    next.clear();
    broken = false;
    dropped.clear();
    dirty.forEach((page, versions) -> disk.put(page, survivor(page, versions, random)));
    dirty.clear();
    cache.clear();
    disk.forEach((page, bytes) -> cache.put(page, bytes.clone()));
  }

  private byte[] survivor(long page, List<byte[]> versions, RandomGenerator random) {
    List<byte[]> all = new ArrayList<>();
    all.add(disk.getOrDefault(page, new byte[SlotPage.SIZE]));
    all.addAll(versions);
    int newer = random.nextInt(all.size());
    byte[] bytes = all.get(newer).clone();
    if (newer > 0 && random.nextInt(3) == 0) {
      int cut = random.nextInt(SlotPage.SIZE);
      System.arraycopy(all.get(newer - 1), cut, bytes, cut, SlotPage.SIZE - cut);
    }
    return bytes;
  }

  @Override
  public Path path() {
    return Path.of("simulated");
  }

  @Override
  public String key() {
    return "1@-";
  }

  @Override
  public boolean isInPlace() {
    return true;
  }

  @Override
  public synchronized int length() {
    return cache.keySet().stream().mapToInt(Long::intValue).max().orElse(1) + 1 - HEADERS;
  }

  @Override
  public byte[] readHeader(int copy) {
    return read((long) copy);
  }

  @Override
  public byte[] read(int slot) {
    return read((long) HEADERS + slot);
  }

  private synchronized byte[] read(long page) {
    return cache.getOrDefault(page, new byte[SlotPage.SIZE]).clone();
  }

  @Override
  public void write(int slot, byte[] page) throws IOException {
    put((long) HEADERS + slot, page);
  }

  @Override
  public void writeHeader(SlotFileHeader header) throws IOException {
    put(header.sequence() & 1, header.page());
  }

  private synchronized void put(long page, byte[] bytes) throws IOException {
    if (broken) {
      throw new IOException("the disk is broken");
    }
    cache.put(page, bytes.clone());
    dropped.remove(page);
    dirty.computeIfAbsent(page, number -> new ArrayList<>()).add(bytes.clone());
  }

  @Override
  public synchronized boolean force() throws IOException {
    forces++;
    NextForce outcome = next.isEmpty() ? NextForce.WORKS : next.remove(0);
    if (broken || outcome == NextForce.BREAKS) {
      broken = true;
      throw new IOException("the disk is broken");
    }
    if (outcome == NextForce.FAILS_BEFORE || outcome == NextForce.INTERRUPTED) {
      dropped();
    } else {
      dirty.keySet().forEach(page -> disk.put(page, read(page)));
      dirty.clear();
      disk.keySet().retainAll(cache.keySet());
    }
    if (outcome == NextForce.FAILS_AFTER || outcome == NextForce.FAILS_BEFORE) {
      throw new IOException("the force failed");
    }
    return outcome != NextForce.INTERRUPTED;
  }

  /** The cache holds what the disk has not, and takes it for clean. */
  private void dropped() {
    dropped.addAll(dirty.keySet());
    dirty.clear();
  }

  @Override
  public void close() {}
}
