package dev.handfast.xa.internal.log.record;

import dev.handfast.xa.recovery.Heuristic;
import dev.handfast.xa.spi.Gtrid;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a record: magic, format, length and CRC32C of the body, body. No Java serialisation;
 * every length is checked before it is believed.
 */
public final class RecordCodec {

  static final int HEADER = 4 * Integer.BYTES;
  private static final int MAGIC = 0x48464C47;
  private static final int FORMAT_1 = 1;
  private static final int FORMAT = 2;

  /** By code, which is written: the order is part of the format. */
  private static final List<DecisionRecord.Kind> KINDS =
      List.of(DecisionRecord.Kind.TAKEN, DecisionRecord.Kind.ORDERED);

  /** In hexadecimal: the transaction manager's unique part of 28 bytes and more, 64 in all. */
  private static final String GTRID = "([0-9a-f]{2}){28,64}";

  private static final int LIMIT = 16 * 1024 * 1024;

  /** By code from 1 on, which is written: the order is part of the format. */
  private static final List<Heuristic> HEURISTICS =
      List.of(Heuristic.HAZARD, Heuristic.COMMIT, Heuristic.ROLLBACK, Heuristic.MIXED);

  private RecordCodec() {}

  /** What is loaded now is not loaded near the end of a stack, where that would fail for good. */
  public static void load() {}

  public static byte[] encode(DecisionRecord decision) {
    byte[] body = body(decision);
    ByteBuffer bytes = ByteBuffer.allocate(HEADER + body.length);
    bytes.putInt(MAGIC).putInt(FORMAT).putInt(body.length).putInt(crc(body)).put(body);
    return bytes.array();
  }

  /**
   * The record in the given bytes.
   *
   * @throws DamagedRecordException if they are not exactly one intact record
   */
  public static DecisionRecord decode(byte[] bytes) throws DamagedRecordException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    if (bytes.length < HEADER || buffer.getInt() != MAGIC) {
      throw new DamagedRecordException("it does not begin as a record");
    }
    int format = buffer.getInt();
    if (format != FORMAT && format != FORMAT_1) {
      throw new DamagedRecordException(
          "its format is " + format + ", known are " + FORMAT_1 + " and " + FORMAT);
    }
    int length = buffer.getInt();
    int crc = buffer.getInt();
    if (length != buffer.remaining()) {
      throw new DamagedRecordException(
          "its body has " + buffer.remaining() + " bytes instead of " + length);
    }
    byte[] body = new byte[length];
    buffer.get(body);
    if (crc(body) != crc) {
      throw new DamagedRecordException("its checksum does not match");
    }
    try {
      return parse(new DataInputStream(new ByteArrayInputStream(body)), format == FORMAT_1);
    } catch (IOException | IllegalArgumentException e) {
      throw new DamagedRecordException("its body does not parse: " + e.getMessage());
    }
  }

  private static byte[] body(DecisionRecord decision) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(KINDS.indexOf(decision.kind()));
      out.writeUTF(decision.gtrid().hex());
      out.writeBoolean(decision.commit());
      out.writeInt(decision.startId());
      out.writeLong(decision.time().toEpochMilli());
      out.writeUTF(decision.label());
      writeBranches(out, decision.branches());
      writeBranches(out, decision.finished());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void writeBranches(DataOutputStream out, List<LoggedBranch> branches)
      throws IOException {
    out.writeInt(branches.size());
    for (LoggedBranch branch : branches) {
      out.writeUTF(branch.resource());
      out.writeUTF(branch.bqual());
      out.writeByte(code(branch.heuristic()));
      out.writeUTF(branch.note());
    }
  }

  private static DecisionRecord parse(DataInputStream in, boolean first) throws IOException {
    DecisionRecord.Kind kind = first ? DecisionRecord.Kind.TAKEN : kind(in.readByte());
    String gtrid = in.readUTF();
    if (!gtrid.matches(GTRID)) {
      throw new IOException("'" + gtrid + "' is no gtrid");
    }
    boolean commit = in.readBoolean();
    int startId = in.readInt();
    Instant time = Instant.ofEpochMilli(in.readLong());
    String label = first ? "" : in.readUTF();
    DecisionRecord decision =
        new DecisionRecord(
            Gtrid.parse(gtrid),
            commit,
            kind,
            startId,
            time,
            label,
            readBranches(in, first),
            readBranches(in, first));
    if (in.read() >= 0) {
      throw new IOException("bytes are left over");
    }
    return decision;
  }

  private static DecisionRecord.Kind kind(int code) throws IOException {
    if (code < 0 || code >= KINDS.size()) {
      throw new IOException("it is of an unknown kind, " + code);
    }
    return KINDS.get(code);
  }

  private static List<LoggedBranch> readBranches(DataInputStream in, boolean first)
      throws IOException {
    int count = bounded(in.readInt());
    List<LoggedBranch> branches = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      branches.add(
          new LoggedBranch(
              in.readUTF(), in.readUTF(), heuristic(in.readByte()), first ? "" : in.readUTF()));
    }
    return branches;
  }

  private static int code(@Nullable Heuristic heuristic) {
    return heuristic == null ? 0 : 1 + HEURISTICS.indexOf(heuristic);
  }

  private static @Nullable Heuristic heuristic(int code) throws IOException {
    if (code < 0 || code > HEURISTICS.size()) {
      throw new IOException("an unknown heuristic outcome " + code);
    }
    return code == 0 ? null : HEURISTICS.get(code - 1);
  }

  private static int bounded(int length) throws IOException {
    if (length < 0 || length > LIMIT) {
      throw new IOException("a length of " + length);
    }
    return length;
  }

  private static int crc(byte[] body) {
    CRC32C crc = new CRC32C();
    crc.update(body);
    return (int) crc.getValue();
  }
}
