package dev.handfast.xa.internal.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.internal.decision.XidOwnership.Owner;
import dev.handfast.xa.scripted.Xids;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.Test;

final class XidOwnershipTest {

  private final XidOwnership ownership =
      new XidOwnership(Xids.FORMAT, "test-1", "test-1~abcdef", Set.of(7, 8)::contains);

  private void assertOwner(Owner owner, Xid xid) {
    assertThat(ownership.of(xid)).isEqualTo(owner);
  }

  @Test
  void knowsItsOwnStarts() {
    assertOwner(Owner.OURS, Xids.of("test-1~abcdef", 7));
    assertOwner(Owner.OURS, Xids.of("test-1~abcdef", 8));
  }

  @Test
  void keepsOffAStartThatWasNeverRecorded() {
    assertOwner(Owner.QUARANTINED, Xids.of("test-1~abcdef", 9));
    assertOwner(Owner.QUARANTINED, Xids.of("test-1~abcdef", 0));
  }

  @Test
  void keepsOffAnotherStoreOfTheSameName() {
    assertOwner(Owner.QUARANTINED, Xids.of("test-1~zzzzzz", 7));
    assertOwner(Owner.QUARANTINED, Xids.of("test-1~abcdefg", 7));
  }

  @Test
  void knowsAStranger() {
    assertOwner(Owner.FOREIGN, Xids.of("test-2~abcdef", 7));
    assertOwner(Owner.FOREIGN, Xids.of("test-11~abcdef", 7));
    assertOwner(Owner.FOREIGN, Xids.of("test-1", 7));
    assertOwner(Owner.FOREIGN, Xids.of("", 7));
    assertOwner(Owner.FOREIGN, Xids.of(4711, "test-1~abcdef", 7));
  }

  @Test
  void takesAnyXidOfAnyManager() {
    byte[] name = "test-1~abcdef".getBytes(StandardCharsets.US_ASCII);
    assertOwner(Owner.FOREIGN, Xids.of(Xids.FORMAT, new byte[0], new byte[0]));
    assertOwner(Owner.FOREIGN, Xids.of(Xids.FORMAT, new byte[27], new byte[0]));
    assertOwner(Owner.FOREIGN, Xids.of(Xids.FORMAT, new byte[28], new byte[0]));
    assertOwner(Owner.FOREIGN, Xids.of(Xids.FORMAT, name, new byte[0]));
    assertOwner(Owner.FOREIGN, Xids.of(-1, new byte[64], new byte[64]));
  }
}
