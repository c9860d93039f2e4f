package dev.handfast.xa.transactional;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.testkit.transactional.AnnotatedCases;
import dev.handfast.xa.testkit.transactional.AnnotatedSpecification;
import dev.handfast.xa.testkit.transactional.CaseMethods;
import dev.handfast.xa.testkit.transactional.SpecificationMethods;
import dev.handfast.xa.testkit.transactional.TransactionalSpecification;

/** By the proxies of interfaces. */
final class InterfaceProxySpecificationTest extends TransactionalSpecification {

  @Override
  protected CaseMethods cases(Handfast handfast) {
    return handfast.transactional(CaseMethods.class, new AnnotatedCases());
  }

  @Override
  protected SpecificationMethods methods(Handfast handfast) {
    return handfast.transactional(SpecificationMethods.class, new AnnotatedSpecification());
  }
}
