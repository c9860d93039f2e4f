package dev.handfast.xa.internal.log;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * One file per record: written beside, forced, moved into place, and the directory forced, so that
 * a crash leaves the old record or the new one.
 */
public final class FileRecordStore implements RecordStore {

  private static final String SUFFIX = ".rec";
  private static final String UNFINISHED = ".new";

  private final Path directory;
  private final Map<RecordKey, LogRecord> records = new ConcurrentHashMap<>();
  private final Set<Path> withdrawn = ConcurrentHashMap.newKeySet();

  private FileRecordStore(Path directory) {
    this.directory = directory;
  }

  /**
   * Opens the records below a directory that the caller has locked.
   *
   * @throws LogStoreException if it cannot be read, or a record is damaged
   */
  public static FileRecordStore open(Path directory) {
    FileRecordStore store = new FileRecordStore(directory);
    try {
      Durable.createDirectories(directory);
      store.load();
    } catch (IOException e) {
      throw new LogStoreException("The log store's records in " + directory + " cannot be read", e);
    }
    return store;
  }

  private void load() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (file.toString().endsWith(UNFINISHED)) {
          Files.delete(file);
        } else if (file.toString().endsWith(SUFFIX)) {
          LogRecord record = read(file);
          if (!file(record.key()).equals(file)) {
            throw damaged(file, new DamagedRecordException("it is the record " + record.key()));
          }
          records.put(record.key(), record);
        }
      }
    }
  }

  private static LogRecord read(Path file) throws IOException {
    try {
      return RecordCodec.decode(Files.readAllBytes(file));
    } catch (DamagedRecordException e) {
      throw damaged(file, e);
    }
  }

  private static LogStoreException damaged(Path file, DamagedRecordException why) {
    return new LogStoreException(
        "The log record "
            + file
            + " is damaged: "
            + why.getMessage()
            + ". It may hold a decision to commit, so its transaction is not rolled back and the"
            + " node is not started. To solve this, restore the file from a copy, or finish the"
            + " branches of its transaction by hand and move the file away.",
        why);
  }

  @Override
  public Collection<LogRecord> records() {
    return List.copyOf(records.values());
  }

  @Override
  public void write(LogRecord record) {
    withdrawAgain();
    boolean first = !records.containsKey(record.key());
    Path file = file(record.key());
    Path unfinished = directory.resolve(record.key().uid() + UNFINISHED);
    try {
      writeForced(unfinished, RecordCodec.encode(record));
      Files.move(unfinished, file, ATOMIC_MOVE);
      Durable.forceDirectory(directory);
    } catch (IOException e) {
      LogStoreException failure =
          new LogStoreException("The log record " + file + " could not be written", e);
      discard(unfinished, failure);
      if (first) {
        withdrawn.add(file);
        withdraw(file, failure);
      }
      throw failure;
    }
    records.put(record.key(), record);
  }

  /** A stream, not a channel: an interrupt must not tear the write. */
  private static void writeForced(Path file, byte[] bytes) throws IOException {
    try (FileOutputStream out = new FileOutputStream(file.toFile())) {
      out.write(bytes);
      out.getFD().sync();
    }
  }

  /** It is no record, but it may take the space that the next one needs. */
  private static void discard(Path unfinished, LogStoreException failure) {
    try {
      Files.deleteIfExists(unfinished);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  /**
   * Makes sure that a decision whose write was reported as failed is not found after a crash: its
   * branches are about to be rolled back.
   */
  private void withdraw(Path file, LogStoreException failure) {
    try {
      Files.deleteIfExists(file);
      Durable.forceDirectory(directory);
      withdrawn.remove(file);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  /** No other decision is logged while one that was withdrawn may come back. */
  private void withdrawAgain() {
    for (Path file : withdrawn) {
      LogStoreException failure =
          new LogStoreException(
              "The log record " + file + ", whose write failed, could not be withdrawn yet");
      withdraw(file, failure);
      if (withdrawn.contains(file)) {
        throw failure;
      }
    }
  }

  @Override
  public void remove(RecordKey key) {
    records.remove(key);
    try {
      Files.deleteIfExists(file(key));
    } catch (IOException e) {
      throw new LogStoreException("The log record " + file(key) + " could not be removed", e);
    }
  }

  private Path file(RecordKey key) {
    return directory.resolve(key.uid() + SUFFIX);
  }

  @Override
  public void close() {
    records.clear();
  }
}
