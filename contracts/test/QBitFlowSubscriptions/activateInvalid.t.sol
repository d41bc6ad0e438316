// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Charge, IQBitFlowSubscriptions, Mandate, MandateStatus} from "../../src/interfaces/IQBitFlowSubscriptions.sol";
import {SubscriptionsTest} from "../support/SubscriptionsTest.sol";
import {vm} from "../support/Vm.sol";

/// @notice What no subscriber can agree to, signed properly all the same.
contract ActivateInvalidTest is SubscriptionsTest {
    function test_fees_above_a_tenth() public {
        Mandate memory terms = mandate();
        terms.plan.maxFeeBps = 1001;
        expect(abi.encodeWithSelector(IQBitFlowSubscriptions.FeeTooHigh.selector, 1001, 1000), terms);
        terms = mandate();
        terms.plan.organizationFeeBps = 1001;
        expect(abi.encodeWithSelector(IQBitFlowSubscriptions.OrganizationFeeTooHigh.selector, 1001, 1000), terms);
        terms = mandate();
        (terms.plan.maxFeeBps, terms.plan.organizationFeeBps) = (1000, 1000);
        activate(terms);
        assertStatus(terms, MandateStatus.Active, "a tenth each is allowed");
    }

    function test_a_recipient_who_is_nobody_or_the_contract_itself() public {
        address[2] memory unpayable = [address(0), address(subscriptions)];
        for (uint256 i = 0; i < 2; i++) {
            Mandate memory terms = mandate();
            terms.plan.merchant = unpayable[i];
            expectInvalid("merchant", terms);
            terms = mandate();
            terms.plan.feeRecipient = unpayable[i];
            expectInvalid("feeRecipient", terms);
            terms.plan.maxFeeBps = 0;
            expectInvalid("feeRecipient", terms);
            terms = mandate();
            terms.plan.organization = unpayable[i];
            expectInvalid("organization", terms);
        }
    }

    function test_who_gets_nothing_need_not_be_named() public {
        Mandate memory terms = mandate();
        (terms.plan.feeRecipient, terms.plan.maxFeeBps, terms.plan.maxExecutionFee) = (address(0), 0, 0);
        (terms.plan.organization, terms.plan.organizationFeeBps) = (address(0), 0);
        activate(terms);
        approve(PRICE);
        vm.prank(merchant);
        subscriptions.charge(terms, withoutFee());
        vm.assertEq(usdc.balanceOf(merchant), PRICE, "all of it");
    }

    function test_a_token_that_is_no_contract() public {
        Mandate memory terms = mandate();
        terms.plan.token = address(0);
        expectInvalid("token", terms);
        terms.plan.token = attacker;
        expectInvalid("token", terms);
    }

    function test_kinds_units_and_lengths_that_there_are_not() public {
        Mandate memory terms = mandate();
        terms.plan.kind = 2;
        expectInvalid("kind", terms);
        terms = mandate();
        terms.plan.periodUnit = 2;
        expectInvalid("periodUnit", terms);
        terms = mandate();
        terms.plan.periodLength = 0;
        expectInvalid("periodLength", terms);
        terms.plan.periodLength = 121;
        expectInvalid("periodLength", terms);
        terms.plan.periodUnit = 0;
        terms.plan.periodLength = 0;
        expectInvalid("periodLength", terms);
        terms.plan.periodLength = 3650 days + 1;
        expectInvalid("periodLength", terms);
        terms.plan.periodLength = 3650 days;
        activate(terms);
        assertStatus(terms, MandateStatus.Active, "ten years are allowed");
    }

    function test_maximum_and_times_out_of_range() public {
        Mandate memory terms = mandate();
        terms.maxPerPeriod = 0;
        expectInvalid("maxPerPeriod", terms);
        terms.maxPerPeriod = uint256(type(uint128).max) + 1;
        expectInvalid("maxPerPeriod", terms);
        terms = mandate();
        terms.firstChargeAt = uint64(type(uint40).max / 2 + 1);
        expectInvalid("firstChargeAt", terms);
        terms = mandate();
        terms.endsAt = terms.firstChargeAt;
        expectInvalid("endsAt", terms);
        terms.endsAt += 1;
        activate(terms);
        assertStatus(terms, MandateStatus.Active, "one second is enough");
    }

    function withoutFee() private pure returns (Charge memory) {
        return Charge(0, PRICE, 0, 0, false);
    }

    function expectInvalid(string memory member, Mandate memory terms) private {
        expect(abi.encodeWithSelector(IQBitFlowSubscriptions.MandateInvalid.selector, member), terms);
    }

    function expect(bytes memory reason, Mandate memory terms) private {
        bytes memory signature = signed(terms, SUBSCRIBER_KEY);
        vm.expectRevert(reason);
        subscriptions.activate(terms, signature);
    }
}
