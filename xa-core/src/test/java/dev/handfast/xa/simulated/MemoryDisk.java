package dev.handfast.xa.simulated;

import dev.handfast.xa.internal.disk.DirectoryStatus;
import dev.handfast.xa.internal.disk.Disk;
import dev.handfast.xa.internal.disk.DiskFile;
import dev.handfast.xa.internal.disk.DiskLock;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A disk behind a system's cache: a write reaches the cache, a force the platter; so do names. Its
 * operations fail as it is told, and it ends as a process or as a machine does. Safe for use by
 * many threads.
 */
public final class MemoryDisk implements Disk {

  private static final AtomicLong NEXT = new AtomicLong();

  private final String identity = "memory-" + NEXT.incrementAndGet();
  private final Set<Path> directories = new HashSet<>();
  private final Map<Path, Inode> names = new TreeMap<>();
  private final Map<Path, Inode> forcedNames = new TreeMap<>();
  private final List<NameChange> pendingNames = new ArrayList<>();
  private final Map<String, Integer> count = new HashMap<>();
  private Trouble trouble = Trouble.NONE;
  private Runnable whenLost = () -> {};
  private String error = "Input/output error";
  private int operations;
  private boolean lost;

  /** A file gets a name, or loses one. */
  private record NameChange(@Nullable Path removed, @Nullable Path added, Inode inode) {

    NameChange of(Inode other) {
      return new NameChange(removed, added, other);
    }

    void apply(Map<Path, Inode> to) {
      if (removed != null) {
        to.remove(removed, inode);
      }
      if (added != null) {
        to.put(added, inode);
      }
    }
  }

  /** What its operations do from now on; they are counted from 0 again. */
  public synchronized void trouble(Trouble next) {
    trouble = next;
    operations = 0;
  }

  /** What a failure is told as. */
  public synchronized void failsAs(String text) {
    error = text;
  }

  /** Is told at the very moment at which the power goes. */
  public synchronized void whenLost(Runnable task) {
    whenLost = task;
  }

  /** How many operations there were since {@link #trouble} was set. */
  public synchronized int operations() {
    return operations;
  }

  /** How often an operation was called. */
  public synchronized int count(String operation) {
    return count.getOrDefault(operation, 0);
  }

  /** The names of all files in a directory. */
  public synchronized List<String> names(Path directory) {
    return names.keySet().stream()
        .filter(path -> directory.equals(path.getParent()))
        .map(path -> path.getFileName().toString())
        .toList();
  }

  /** The bytes of a file as a reader finds them. */
  public synchronized byte[] content(Path file) {
    return existing(names, file).bytes();
  }

  /** Puts other bytes into a file, as a defect of the disk does; nobody is told. */
  public synchronized void damage(Path file, byte[] bytes) {
    existing(names, file).replace(bytes);
  }

  /** Puts other bytes into a part of a file. */
  public synchronized void damage(Path file, int offset, byte[] bytes) {
    existing(names, file).patch(offset, bytes);
  }

  /** Puts a file that was taken away back. */
  public synchronized void putBack(Path file, byte[] bytes) {
    Inode inode = new Inode(NEXT.incrementAndGet());
    inode.replace(bytes);
    names.put(file, inode);
    forcedNames.put(file, inode);
  }

  /** Takes a file away, as an administrator does. */
  public synchronized void takeAway(Path file) {
    names.remove(file);
    forcedNames.remove(file);
  }

  /** From now on nothing answers. */
  public synchronized void losePower() {
    if (!lost) {
      lost = true;
      whenLost.run();
    }
  }

  public synchronized boolean isLost() {
    return lost;
  }

  /** As another process finds it after this one was killed: what was not forced is still not. */
  public synchronized MemoryDisk afterKill(RandomGenerator random) {
    MemoryDisk next = new MemoryDisk();
    next.directories.addAll(directories);
    Map<Inode, Inode> inodes = new HashMap<>();
    Function<Inode, Inode> left =
        inode -> inodes.computeIfAbsent(inode, each -> each.afterKill(random));
    names.forEach((path, inode) -> next.names.put(path, left.apply(inode)));
    forcedNames.forEach((path, inode) -> next.forcedNames.put(path, left.apply(inode)));
    pendingNames.forEach(change -> next.pendingNames.add(change.of(left.apply(change.inode))));
    return next;
  }

  /** As it is found when the power is back: what was not forced is there in part, in any order. */
  public synchronized MemoryDisk afterPowerLoss(RandomGenerator random) {
    Map<Path, Inode> found = new TreeMap<>(forcedNames);
    boolean inOrder = random.nextBoolean();
    for (NameChange change : pendingNames) {
      if (random.nextInt(3) > 0) {
        change.apply(found);
      } else if (inOrder) {
        break;
      }
    }
    MemoryDisk next = new MemoryDisk();
    next.directories.addAll(directories);
    Map<Inode, Inode> inodes = new HashMap<>();
    found.forEach(
        (path, inode) ->
            next.names.put(
                path, inodes.computeIfAbsent(inode, each -> each.afterPowerLoss(random))));
    next.forcedNames.putAll(next.names);
    return next;
  }

  /** The same bytes under other inodes, as a copy of the directory has them. */
  public synchronized MemoryDisk copy() {
    MemoryDisk copy = new MemoryDisk();
    copy.directories.addAll(directories);
    names.forEach(
        (path, inode) -> {
          Inode other = new Inode(NEXT.incrementAndGet());
          other.write(0, inode.bytes());
          other.forced(other.pending());
          copy.names.put(path, other);
        });
    copy.forcedNames.putAll(copy.names);
    return copy;
  }

  /** Writes what is in the cache into a file of the machine, for another process. */
  public synchronized void save(Path to) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(to)))) {
      out.writeInt(directories.size());
      for (Path directory : directories) {
        out.writeUTF(directory.toString());
      }
      out.writeInt(names.size());
      for (Map.Entry<Path, Inode> name : names.entrySet()) {
        byte[] bytes = name.getValue().bytes();
        out.writeUTF(name.getKey().toString());
        out.writeLong(name.getValue().id);
        out.writeInt(bytes.length);
        out.write(bytes);
      }
    }
  }

  /** What another process has saved; its files are the same as before. */
  public static MemoryDisk load(Path from) throws IOException {
    MemoryDisk disk = new MemoryDisk();
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(from)))) {
      for (int left = in.readInt(); left > 0; left--) {
        disk.directories.add(Path.of(in.readUTF()));
      }
      for (int left = in.readInt(); left > 0; left--) {
        Path file = Path.of(in.readUTF());
        Inode inode = new Inode(in.readLong());
        inode.replace(in.readNBytes(in.readInt()));
        disk.names.put(file, inode);
        NEXT.accumulateAndGet(inode.id, Math::max);
      }
    }
    disk.forcedNames.putAll(disk.names);
    return disk;
  }

  private static Inode existing(Map<Path, Inode> names, Path file) {
    Inode inode = names.get(file);
    if (inode == null) {
      throw new AssertionError(file + " is not there");
    }
    return inode;
  }

  @FunctionalInterface
  private interface Effect {
    void run() throws IOException;
  }

  private void call(String operation, Effect effect) throws IOException {
    Trouble.Effect kind = next(operation);
    if (kind == Trouble.Effect.FAILS_BEFORE || kind == Trouble.Effect.FAILS_HALFWAY) {
      throw new IOException(error);
    }
    effect.run();
    if (kind == Trouble.Effect.FAILS_AFTER) {
      throw new IOException(error);
    }
  }

  private Trouble.Effect next(String operation) throws IOException {
    if (!lost) {
      count.merge(operation, 1, Integer::sum);
      Trouble.Effect kind = trouble.on(operations++, operation);
      if (kind != Trouble.Effect.POWER_LOST) {
        return kind;
      }
      losePower();
    }
    throw new IOException("the power is lost");
  }

  @Override
  public synchronized Kind kind(Path path) throws IOException {
    call("kind", () -> {});
    if (directories.contains(path)) {
      return Kind.DIRECTORY;
    }
    return names.containsKey(path) ? Kind.FILE : Kind.ABSENT;
  }

  @Override
  public synchronized byte[] read(Path file) throws IOException {
    call("read", () -> {});
    return inode(file).bytes();
  }

  private Inode inode(Path file) throws IOException {
    Inode inode = names.get(file);
    if (inode == null) {
      throw new NoSuchFileException(file.toString());
    }
    return inode;
  }

  @Override
  public synchronized void create(Path file) throws IOException {
    call(
        "create",
        () -> {
          if (names.containsKey(file)) {
            throw new FileAlreadyExistsException(file.toString());
          }
          change(new NameChange(null, file, new Inode(NEXT.incrementAndGet())));
        });
  }

  private void change(NameChange change) {
    change.apply(names);
    pendingNames.add(change);
  }

  @Override
  public synchronized DiskFile open(Path file) throws IOException {
    call("open", () -> {});
    return new MemoryFile(inode(file));
  }

  @Override
  public synchronized DiskLock openLock(Path file) throws IOException {
    call("openLock", () -> {});
    Inode unused = inode(file);
    return new DiskLock() {
      @Override
      public boolean tryTake() throws IOException {
        synchronized (MemoryDisk.this) {
          call("lock", () -> {});
          return true;
        }
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public synchronized void rename(Path from, Path to) throws IOException {
    call("rename", () -> change(new NameChange(from, to, inode(from))));
  }

  @Override
  public synchronized void delete(Path file) throws IOException {
    call(
        "delete",
        () -> {
          Inode inode = names.get(file);
          if (inode != null) {
            change(new NameChange(file, null, inode));
          }
        });
  }

  @Override
  public synchronized void createDirectory(Path directory) throws IOException {
    call("createDirectory", () -> directories.add(directory));
  }

  @Override
  public synchronized @Nullable DirectoryStatus directory(Path directory) throws IOException {
    call("directory", () -> {});
    return directories.contains(directory)
        ? new DirectoryStatus(true, true, "memory", false, Set.of(), identity)
        : null;
  }

  @Override
  public synchronized void forceDirectory(Path directory) throws IOException {
    call(
        "forceDirectory",
        () -> {
          pendingNames.forEach(change -> change.apply(forcedNames));
          pendingNames.clear();
        });
  }

  @Override
  public synchronized String key(Path file) throws IOException {
    call("key", () -> {});
    return inode(file).id + "@-";
  }

  @Override
  public synchronized String keyOfNew(Path file) throws IOException {
    return key(file);
  }

  /** An open file; its lock is never another one's. */
  private final class MemoryFile implements DiskFile {

    private final Inode inode;

    MemoryFile(Inode inode) {
      this.inode = inode;
    }

    @Override
    public long length() throws IOException {
      synchronized (MemoryDisk.this) {
        call("length", () -> {});
        return inode.length();
      }
    }

    @Override
    public byte[] read(long offset, int length) throws IOException {
      synchronized (MemoryDisk.this) {
        call("readAt", () -> {});
        return inode.read(offset, length);
      }
    }

    @Override
    public void write(long offset, byte[] bytes) throws IOException {
      synchronized (MemoryDisk.this) {
        Trouble.Effect kind = next("write");
        if (kind == Trouble.Effect.FAILS_HALFWAY) {
          inode.write(offset, Arrays.copyOf(bytes, bytes.length / 2));
        } else if (kind != Trouble.Effect.FAILS_BEFORE) {
          inode.write(offset, bytes);
        }
        if (kind != Trouble.Effect.WORKS) {
          throw new IOException(error);
        }
      }
    }

    @Override
    public void setLength(long length) throws IOException {
      synchronized (MemoryDisk.this) {
        call("setLength", () -> inode.setLength(length));
      }
    }

    /** What is written while it runs may be left out. */
    @Override
    public boolean force() throws IOException {
      Trouble.Effect kind;
      int written;
      synchronized (MemoryDisk.this) {
        kind = next("force");
        written = inode.pending();
      }
      synchronized (MemoryDisk.this) {
        if (lost) {
          throw new IOException("the power is lost");
        }
        if (kind == Trouble.Effect.FAILS_BEFORE || kind == Trouble.Effect.FAILS_HALFWAY) {
          inode.dropped(written);
        } else {
          inode.forced(written);
        }
        if (kind != Trouble.Effect.WORKS) {
          throw new IOException(error);
        }
        return true;
      }
    }

    @Override
    public boolean tryLock() throws IOException {
      synchronized (MemoryDisk.this) {
        call("lock", () -> {});
        return true;
      }
    }

    @Override
    public String key() {
      return inode.id + "@-";
    }

    @Override
    public void close() {}
  }
}
