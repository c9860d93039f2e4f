package dev.handfast.xa.internal.log.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.handfast.xa.recovery.Heuristic;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RecordCodecTest {

  private static final DecisionRecord SAMPLE = LogSamples.decision();

  private static void assertRefused(byte[] bytes, String why) {
    assertThatExceptionOfType(DamagedRecordException.class)
        .as(why)
        .isThrownBy(() -> RecordCodec.decode(bytes));
  }

  @Test
  void readsWhatItWrote() throws DamagedRecordException {
    for (DecisionRecord decision :
        List.of(
            SAMPLE,
            LogSamples.decision("ab".repeat(28), List.of()),
            LogSamples.decision(
                "cd".repeat(64), List.of(new LoggedBranch("ünïcode", "", Heuristic.MIXED))))) {
      assertThat(RecordCodec.decode(RecordCodec.encode(decision))).isEqualTo(decision);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0f", "zz", "0F0F"})
  void refusesWhatIsNoGtrid(String gtrid) {
    assertRefused(withGtrid(gtrid.repeat(14)), gtrid);
  }

  /** The record of a decision without branches, with any text in the place of its gtrid. */
  private static byte[] withGtrid(String text) {
    byte[] valid = RecordCodec.encode(LogSamples.decision(LogSamples.GTRID, List.of()));
    int kind = RecordCodec.HEADER;
    int rest = kind + Byte.BYTES + Short.BYTES + LogSamples.GTRID.length();
    byte[] name = text.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer body =
        ByteBuffer.allocate(Byte.BYTES + Short.BYTES + name.length + valid.length - rest);
    body.put(valid[kind])
        .putShort((short) name.length)
        .put(name)
        .put(valid, rest, valid.length - rest);
    return sealed(valid, body.array());
  }

  /** A later release may write others, which are no decisions. */
  @Test
  void refusesAnUnknownKind() {
    byte[] valid = RecordCodec.encode(SAMPLE);
    byte[] body = Arrays.copyOfRange(valid, RecordCodec.HEADER, valid.length);
    body[0] = 2;

    assertRefused(sealed(valid, body), "kind 2");
  }

  @Test
  void keepsLabelsAndNotes() throws DamagedRecordException {
    DecisionRecord decision =
        new DecisionRecord(
            SAMPLE.gtrid(),
            true,
            DecisionRecord.Kind.ORDERED,
            SAMPLE.startId(),
            SAMPLE.time(),
            "order 4711",
            List.of(new LoggedBranch("orders", "ab", null, "backend 4711")),
            List.of());

    assertThat(RecordCodec.decode(RecordCodec.encode(decision))).isEqualTo(decision);
  }

  @ParameterizedTest
  @EnumSource(Heuristic.class)
  void keepsHowABranchEnded(Heuristic heuristic) throws DamagedRecordException {
    DecisionRecord decision =
        LogSamples.decision(LogSamples.GTRID, List.of(new LoggedBranch("orders", "ab", heuristic)));

    assertThat(RecordCodec.decode(RecordCodec.encode(decision))).isEqualTo(decision);
  }

  @Test
  void keepsWhichBranchesAreFinished() throws DamagedRecordException {
    DecisionRecord partly =
        SAMPLE.with(List.of(LogSamples.branch("orders")), List.of(LogSamples.branch("events")));

    assertThat(RecordCodec.decode(RecordCodec.encode(partly))).isEqualTo(partly);
  }

  @Test
  void refusesEveryTruncation() {
    byte[] bytes = RecordCodec.encode(SAMPLE);
    for (int length = 0; length < bytes.length; length++) {
      assertRefused(Arrays.copyOf(bytes, length), "cut to " + length);
    }
  }

  @Test
  void refusesEveryFlippedBit() {
    byte[] bytes = RecordCodec.encode(SAMPLE);
    for (int bit = 0; bit < bytes.length * Byte.SIZE; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
      assertRefused(flipped, "bit " + bit);
    }
  }

  @Test
  void refusesWhatFollows() {
    byte[] bytes = RecordCodec.encode(SAMPLE);
    assertRefused(Arrays.copyOf(bytes, bytes.length + 1), "a byte more");
  }

  @Test
  void refusesBytesThatAreNoRecord() {
    assertRefused(new byte[0], "empty");
    assertRefused(new byte[4096], "zeros");
  }

  /** A body that its checksum covers and that is none: written by a defect, or by an attacker. */
  @Test
  void believesNoLengthInTheBody() {
    byte[] valid = RecordCodec.encode(SAMPLE);
    byte[] body = Arrays.copyOfRange(valid, RecordCodec.HEADER, valid.length);
    for (int at = 0; at + Integer.BYTES <= body.length; at++) {
      for (int length : new int[] {Integer.MAX_VALUE, Integer.MIN_VALUE, -1, 1 << 23}) {
        byte[] wrong = body.clone();
        ByteBuffer.wrap(wrong).putInt(at, length);
        byte[] bytes = sealed(valid, wrong);
        try {
          assertThat(RecordCodec.decode(bytes)).isNotNull();
        } catch (DamagedRecordException expected) {
          assertThat(expected).hasMessageContaining("parse");
        }
      }
    }
  }

  private static byte[] sealed(byte[] valid, byte[] body) {
    CRC32C crc = new CRC32C();
    crc.update(body);
    ByteBuffer bytes = ByteBuffer.allocate(RecordCodec.HEADER + body.length);
    bytes.put(valid, 0, 2 * Integer.BYTES).putInt(body.length).putInt((int) crc.getValue());
    return bytes.put(body).array();
  }
}
