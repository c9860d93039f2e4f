package dev.handfast.xa.internal.rm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.internal.platform.Platform;
import dev.handfast.xa.scripted.Xids;
import dev.handfast.xa.spi.XidKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.Test;

final class ProbeXidTest {

  private static final Instant NOW = Instant.parse("2026-01-31T10:00:00Z");
  private static final String OWNER = "a-name-of-20-chars..~abcdef";

  @Test
  void fitsIntoAnXid() {
    Xid probe = ProbeXid.of(OWNER, NOW, Platform.system());

    assertThat(probe.getGlobalTransactionId()).hasSizeLessThanOrEqualTo(Xid.MAXGTRIDSIZE);
    assertThat(probe.getBranchQualifier()).hasSizeBetween(1, Xid.MAXBQUALSIZE);
    assertThat(probe.getFormatId()).isNotEqualTo(Xids.FORMAT).isPositive();
  }

  @Test
  void isNotTheOneBefore() {
    assertThat(XidKey.of(ProbeXid.of(OWNER, NOW, Platform.system())))
        .isNotEqualTo(XidKey.of(ProbeXid.of(OWNER, NOW, Platform.system())));
  }

  @Test
  void tellsItsAgeToItsOwner() {
    Xid probe = ProbeXid.of(OWNER, NOW, Platform.system());

    assertThat(ProbeXid.age(probe, OWNER, NOW.plusSeconds(301))).contains(Duration.ofSeconds(301));
    assertThat(ProbeXid.age(probe, OWNER, NOW.minusSeconds(1))).contains(Duration.ofSeconds(-1));
    assertThat(ProbeXid.age(probe, "another~abcdef", NOW)).isEmpty();
    assertThat(ProbeXid.age(probe, OWNER.substring(1), NOW)).isEmpty();
  }

  @Test
  void isToldFromEverythingElse() {
    Xid probe = ProbeXid.of(OWNER, NOW, Platform.system());
    byte[] gtrid = probe.getGlobalTransactionId();
    byte[] otherName = gtrid.clone();
    otherName[0] ^= 1;

    assertThat(ProbeXid.age(Xids.of("test-1~abcdef", 7), OWNER, NOW)).isEmpty();
    for (Xid other :
        new Xid[] {
          Xids.of(1, gtrid, new byte[8]),
          Xids.of(probe.getFormatId(), otherName, new byte[8]),
          Xids.of(probe.getFormatId(), Arrays.copyOf(gtrid, 10), new byte[8]),
          Xids.of(probe.getFormatId(), new byte[0], new byte[0])
        }) {
      assertThat(ProbeXid.age(other, OWNER, NOW)).isEmpty();
    }
  }
}
